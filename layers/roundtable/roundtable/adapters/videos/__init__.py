"""What hosts tell about videos: at their oEmbed endpoints, and by the pages of videos."""
