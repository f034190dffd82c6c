"""What comes in from WeChat: is it genuine, what does it say, did it come before."""
