"""What WeCom and WeChat have in common on the wire: the seal of their callbacks, and the XML inside."""
