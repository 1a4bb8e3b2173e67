/**
 * One record of a CSV file by RFC 4180. A value that a spreadsheet would take for a formula gets an
 * apostrophe in front: what a page of the web says must not run on the machine of whoever opens the file.
 */
export const csvLine = (values: string[]): string => `${values.map(csvValue).join(",")}\r\n`;

function csvValue(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
