import { DownOutlined, FullscreenExitOutlined, FullscreenOutlined, UpOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

import type { Neighbours } from "../list/ListOrder";
import { useHotkey } from "../page/useHotkey";
import { useNarrow } from "../page/useNarrow";
import { useKept } from "../region/Region";

interface DetailDrawerProps {
  /** Address of the list behind. */
  parent: string;
  title: ReactNode;
  neighbours?: Neighbours;
  actions?: ReactNode;
  size?: number;
  children: ReactNode;
}

/** A detail over its list, with its own URL. Esc closes, K and J go to the one before and after. */
export function DetailDrawer({ parent, title, neighbours = {}, actions, size = 1180, children }: DetailDrawerProps) {
  const { t } = useTranslation("kit");
  const navigate = useNavigate();
  const { search } = useLocation();
  const narrow = useNarrow();
  const [wide, setWide] = useKept("detail.wide", false);
  const go = (to: string | undefined) => () => { if (to) void navigate(to); };
  useHotkey("k", go(neighbours.previous));
  useHotkey("j", go(neighbours.next));
  return (
    <Drawer
      open
      size={wide || narrow ? "100%" : `min(${size.toString()}px, 94vw)`}
      title={title}
      onClose={() => void navigate(parent + search)}
      styles={{ body: { padding: 0, background: "var(--cove-ground)" }, header: { padding: "10px 16px" } }}
      extra={
        <div style={{ display: "flex", alignItems: "center", columnGap: 4 }}>
          {actions}
          {(neighbours.previous ?? neighbours.next) && (
            <>
              <Button type="text" icon={<UpOutlined />} disabled={!neighbours.previous} onClick={go(neighbours.previous)}
                aria-label={t("detail.previous")} title={`${t("detail.previous")} (K)`} />
              <Button type="text" icon={<DownOutlined />} disabled={!neighbours.next} onClick={go(neighbours.next)}
                aria-label={t("detail.next")} title={`${t("detail.next")} (J)`} />
            </>
          )}
          {!narrow && (
            <Button type="text" icon={wide ? <FullscreenExitOutlined /> : <FullscreenOutlined />} onClick={() => { setWide(!wide); }}
              aria-label={wide ? t("detail.narrow") : t("detail.widen")} title={wide ? t("detail.narrow") : t("detail.widen")} />
          )}
        </div>
      }
    >
      {children}
    </Drawer>
  );
}
