/** The bay seen from above: a shore that opens to the right, and two quiet waves in it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0B6B75" />
      <path d="M24.2 10.2A9.6 9.6 0 1 0 24.2 21.8" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M13.4 14.1c1.6-1.5 3.2-1.5 4.8 0s3.2 1.5 4.8 0" fill="none" stroke="#fff" strokeWidth="1.9" strokeLinecap="round" />
      <path d="M13.4 18.6c1.6-1.5 3.2-1.5 4.8 0s3.2 1.5 4.8 0" fill="none" stroke="#8FD3D9" strokeWidth="1.9" strokeLinecap="round" />
    </svg>
  );
}
