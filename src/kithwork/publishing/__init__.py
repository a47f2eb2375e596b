"""Publishing: one edition of finished reports as a static folder, whole or not at all, or refused."""
