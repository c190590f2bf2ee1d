/** The phone's clock, for what is shown and filled in. Data, never authority. */
export const rightNow = () => new Date();
