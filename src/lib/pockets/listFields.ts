export type Mapping = Record<string, unknown>;
