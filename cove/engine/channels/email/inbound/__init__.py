"""What comes back by mail: reports of mails that could not be delivered, complaints, and wishes to be left alone."""
