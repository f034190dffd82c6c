import {
  AppstoreOutlined, CustomerServiceOutlined, FileTextOutlined, FundOutlined, HomeOutlined, LineChartOutlined, QrcodeOutlined, SendOutlined,
  SettingOutlined, TeamOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

import type { Section } from "../route";

export const sectionIcons: Record<Section, ReactNode> = {
  home: <HomeOutlined />,
  people: <TeamOutlined />,
  attract: <QrcodeOutlined />,
  reach: <SendOutlined />,
  content: <FileTextOutlined />,
  sell: <FundOutlined />,
  serve: <CustomerServiceOutlined />,
  insight: <LineChartOutlined />,
  apps: <AppstoreOutlined />,
  settings: <SettingOutlined />,
};
