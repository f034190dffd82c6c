import { InfoCircleOutlined } from "@ant-design/icons";
import type { NoticeMode, NoticeWays } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Select, Switch, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { noticeChoicesQuery, useChooseNotices } from "../api/notices";
import { NoticeTimes } from "../parts/NoticeTimes";
import styles from "./NoticeChoices.module.css";

const WAYS = ["bell", "wecom", "mail"] as const;
type Way = (typeof WAYS)[number];

interface CellProps {
  row: NoticeWays;
  way: Way;
  disabled: boolean;
  choose: (mode: NoticeMode) => void;
}

function Cell({ row, way, disabled, choose }: CellProps) {
  const { t } = useTranslation("org");
  const mode = row.modes[way];
  const label = `${row.label} · ${t(`notices.way.${way}`)}`;
  if (way === "mail") {
    return (
      <Select
        size="small" aria-label={label} value={mode} disabled={disabled} onChange={choose} className={styles.select}
        options={(row.choices[way] ?? []).map((value) => ({ value, label: t(`notices.mode.${value}`) }))}
      />
    );
  }
  return <Switch size="small" aria-label={label} checked={mode === "now"} disabled={disabled} onChange={(on) => { choose(on ? "now" : "off"); }} />;
}

/** How one is told of what, by which way, and when; each change holds at once. With `defaults`: for members who did not choose. */
export function NoticeChoices({ defaults = false }: { defaults?: boolean }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const { data, error, refetch } = useQuery(noticeChoicesQuery(defaults));
  const { mutate } = useChooseNotices(defaults);
  if (!data) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  const save = { onSuccess: () => { toast.done(t("notices.saved")); }, onError: toast.failed };
  const reachable: Record<Way, boolean> = { bell: true, wecom: data.wecom, mail: data.mail };
  const missing = WAYS.filter((way) => !reachable[way]);
  return (
    <div className={styles.choices}>
      {missing.map((way) => <p key={way} className={styles.note}><InfoCircleOutlined aria-hidden /> {t(`notices.unreachable.${way === "mail" ? "mail" : "wecom"}`)}</p>)}
      <Panel title={t("notices.matrix")} flush>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t("notices.kind")}</th>
              {WAYS.map((way) => <th key={way} scope="col">{t(`notices.way.${way}`)}</th>)}
            </tr>
          </thead>
          <tbody>
            {data.kinds.map((row) => (
              <tr key={row.kind}>
                <th scope="row">
                  {row.label}
                  {row.urgent && <Tag color="warning" className={styles.urgent}>{t("notices.urgent")}</Tag>}
                </th>
                {WAYS.map((way) => (
                  <td key={way} data-way={t(`notices.way.${way}`)}>
                    <Cell row={row} way={way} disabled={!reachable[way]} choose={(mode) => { mutate({ modes: { [row.kind]: { [way]: mode } } }, save); }} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <NoticeTimes times={data.times} choose={(times) => { mutate({ times }, save); }} />
    </div>
  );
}
