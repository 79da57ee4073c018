"""Recognition of scanned pages: time beside the same engine on whole pages, memory, cells right."""
