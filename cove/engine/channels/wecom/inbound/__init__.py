"""What comes in from WeCom: signed, encrypted, sometimes twice, sometimes forged. Nothing here touches the database."""
