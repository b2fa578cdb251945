"""From records to the search index: index documents (pure), and the engines that hold them."""
