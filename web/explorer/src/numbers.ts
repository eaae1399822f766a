/** A number without the noise of binary fractions: 51380000000 for 513.8 times 100000000. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
