/* Closes the tab in which somebody signed in again, so that the page that waits comes to the front. */
if (window.opener) window.close();
