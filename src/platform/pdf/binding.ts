/** Typst as a binding for this machine: the package of the machine itself, as the one above it asks for machines that nobody serves. */
export const BINDING = `@myriaddreamin/typst-ts-node-compiler-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`
