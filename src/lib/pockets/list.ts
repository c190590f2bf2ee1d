export type ListLine = { line: number; cells: string[] };
