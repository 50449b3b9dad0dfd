"""What the pages of all sites are made of: layout, form fields, texts, styles, cookies, guards."""
