import { useEffect, useRef } from "react";
import { Link } from "react-router";

import styles from "./PageTabs.module.css";

interface PageTabsProps {
  /** What the pages are about together. */
  label: string;
  places: { path: string; label: string }[];
  /** The address of the page that is shown. */
  here: string;
}

/** Pages that belong together, side by side, each with an address of its own. */
export function PageTabs({ label, places, here }: PageTabsProps) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>("[aria-current]");
    if (bar.current && current) bar.current.scrollLeft = current.offsetLeft + current.offsetWidth - bar.current.clientWidth;
  }, [here]);
  return (
    <nav ref={bar} aria-label={label} className={styles.tabs}>
      {places.map((place) => (
        <Link key={place.path} to={place.path} aria-current={place.path === here ? "page" : undefined}>{place.label}</Link>
      ))}
    </nav>
  );
}
