/** How source files are called in artifacts: without the folders of the machine that built them. */
export const shortFileName = (file: string): string => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
