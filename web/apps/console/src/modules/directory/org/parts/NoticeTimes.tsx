import type { NoticeChoices } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { Select, Switch, TimePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import styles from "./NoticeTimes.module.css";

type Times = NoticeChoices["times"];

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${hour.toString().padStart(2, "0")}:00` }));
const SHAPE = "HH:mm";
const EVENING: [string, string] = ["22:00", "08:00"];

function clock(text: string) {
  return dayjs(`2000-01-01T${text}`);
}

/** Quiet hours, the hour of the daily mail, the bell's sound. */
export function NoticeTimes({ times, choose }: { times: Times; choose: (times: Times) => void }) {
  const { t } = useTranslation("org");
  const quiet = times.quiet_from !== "" && times.quiet_until !== "";
  const setQuiet = ([from, until]: [string, string]) => { choose({ ...times, quiet_from: from, quiet_until: until }); };
  return (
    <Panel title={t("notices.times")}>
      <dl className={styles.times}>
        <dt>{t("notices.quiet")}</dt>
        <dd>
          <Switch size="small" aria-label={t("notices.quiet")} checked={quiet} onChange={(on) => { setQuiet(on ? EVENING : ["", ""]); }} />
          {quiet && (
            <TimePicker.RangePicker
              size="small" format={SHAPE} order={false} allowClear={false} minuteStep={15} needConfirm={false}
              value={[clock(times.quiet_from), clock(times.quiet_until)]}
              onChange={(range) => { if (range?.[0] && range[1]) setQuiet([range[0].format(SHAPE), range[1].format(SHAPE)]); }}
            />
          )}
          <p className={styles.text}>{t("notices.quietText")}</p>
        </dd>
        <dt>{t("notices.digest")}</dt>
        <dd>
          <Select size="small" aria-label={t("notices.digest")} value={times.digest_hour} options={HOURS} onChange={(hour) => { choose({ ...times, digest_hour: hour }); }} />
          <p className={styles.text}>{t("notices.digestText")}</p>
        </dd>
        <dt>{t("notices.sound")}</dt>
        <dd><Switch size="small" aria-label={t("notices.sound")} checked={times.sound} onChange={(sound) => { choose({ ...times, sound }); }} /></dd>
      </dl>
    </Panel>
  );
}
