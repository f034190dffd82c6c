import { exactNumber, shortNumber } from "./format";
import { useRegion } from "./Region";

/** A number: short to read, every digit on hover. */
export function Count({ value }: { value: number | null | undefined }) {
  const { language } = useRegion();
  if (value === null || value === undefined) return <>—</>;
  return (
    <span className="cove-numerals" title={exactNumber(value, language)}>
      {shortNumber(value, language)}
    </span>
  );
}
