import styles from "./Water.module.css";

/** Calm water at the foot of the page: three quiet swells. */
export function Water() {
  return (
    <svg className={styles.water} viewBox="0 0 1440 320" preserveAspectRatio="none" aria-hidden="true">
      <path d="M0 132c180-46 330-46 510-8s330 44 510 6 280-38 420-10v200H0z" />
      <path d="M0 190c160 34 300 40 480 4s320-46 500-12 320 30 460 0v138H0z" />
      <path d="M0 250c200-26 360-20 540 4s340 22 520-4 260-22 380-6v76H0z" />
    </svg>
  );
}
