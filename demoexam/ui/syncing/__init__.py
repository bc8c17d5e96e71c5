"""The exchange with the shared store as the window shows it: its state, its page, its dialogs."""
