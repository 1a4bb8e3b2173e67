/** Raised whenever the same page may be read otherwise than before. */
export const readerVersion = "8";
