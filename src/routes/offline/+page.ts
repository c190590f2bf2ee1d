// Built ahead and kept on the phone: shown for pages that need the network while there is none.
export const prerender = true;
