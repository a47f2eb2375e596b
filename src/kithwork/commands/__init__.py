"""What `kithwork` can be told to do: one file a verb, imported only when that verb is called."""
