"""What pages and programs send and are told of WeCom."""
