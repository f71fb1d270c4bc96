"""An uploaded file's process: started, limited, watched."""
