"""Where Datasette finds the site's hooks; they are written, typed and tested in the package."""

from minutesminer.explore.plugin import (  # noqa: F401
    asgi_wrapper,
    extra_template_vars,
    get_metadata,
    handle_exception,
    prepare_connection,
    register_output_renderer,
    register_routes,
    render_cell,
    startup,
)
