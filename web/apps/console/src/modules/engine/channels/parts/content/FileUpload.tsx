import { UploadOutlined } from "@ant-design/icons";
import type { WecomFile } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Button, Upload } from "antd";
import type { ReactNode } from "react";

import { useUploadWecomFile } from "../../api/content";
import styles from "./Content.module.css";
import { ACCEPTED, type FileKind } from "./values";

interface FileUploadProps {
  use: FileKind;
  label: string;
  icon?: ReactNode;
  disabled?: boolean;
  onUploaded: (file: WecomFile) => void;
}

/** A button that uploads one file; the server says what is wrong with it. */
export function FileUpload({ use, label, icon = <UploadOutlined />, disabled = false, onUploaded }: FileUploadProps) {
  const upload = useUploadWecomFile();
  const send = (file: File) => { upload.mutate({ file, use }, { onSuccess: onUploaded }); };
  return (
    <div className={styles.upload}>
      <Upload accept={ACCEPTED[use]} showUploadList={false} disabled={disabled || upload.isPending} beforeUpload={(file) => { send(file); return false; }}>
        <Button size="small" icon={icon} loading={upload.isPending} disabled={disabled}>{label}</Button>
      </Upload>
      {upload.error && <ErrorNotice error={upload.error} />}
    </div>
  );
}
