"""Work in the background."""


class BackgroundAction(DAObject):
    """A piece of work that a worker does; without a worker it stays pending."""

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)


class DABackgroundTask:
    """The work that `background_action` asked for, as the interview sees it. It is done outside of this evaluation."""

    def __init__(self, task_id):
        self.id = task_id

    def ready(self):
        """Whether it is over."""
        return self._result() is not None

    def failed(self):
        result = self._result()
        return result is not None and not result.get('ok')

    def get(self):
        """What it ended with; waits for nothing."""
        result = self._result()
        return None if result is None else result.get('value')

    def result(self):
        return self.get()

    def wait(self):
        """Nothing can be waited for inside an evaluation; says whether it is over."""
        return self.ready()

    def revoke(self, terminate=True):
        """Work that no worker has begun needs no stopping."""

    def state(self):
        return 'PENDING' if not self.ready() else 'FAILURE' if self.failed() else 'SUCCESS'

    status = property(lambda self: self.state())

    def _result(self):
        """What the worker left, once it is over."""
        return (_engine.get_internal('background') or {}).get(self.id)


def background_action(action, ui_notification=None, **kwargs):
    """Asks for an action to be run in the background, once the answers are saved."""
    task_id = _engine.background_action(action, kwargs, ui_notification)
    return DABackgroundTask(task_id)


def background_error_action(action, **kwargs):
    """Says which action is run when the one in the background fails."""
    _state.on_background_error = {'action': action, 'arguments': kwargs}
