// Built ahead and kept on the device: what a host's link opens where there is no network. Nobody's data is in it.
export const prerender = true;
