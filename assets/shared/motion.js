// Whether motion is to be reduced, as the visitor's system says.

export const calm = matchMedia("(prefers-reduced-motion: reduce)");
