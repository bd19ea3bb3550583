"""Work in the background."""


class DABackgroundTask:
    """The work that `background_action` asked for, as the interview sees it. It is done outside of this evaluation."""

    def __init__(self, task_id):
        self.id = task_id

    def ready(self):
        """Whether it is over."""
        return self._outcome() is not None

    def failed(self):
        outcome = self._outcome()
        return outcome is not None and not outcome.get('ok')

    def get(self):
        """What it ended with; nothing can be waited for inside an evaluation."""
        outcome = self._outcome()
        return None if outcome is None else outcome.get('value')

    def result(self):
        outcome = self._outcome()
        return None if outcome is None else _BackgroundResult(outcome)

    def wait(self):
        return self.ready()

    def revoke(self, terminate=True):
        """Work that no worker has begun needs no stopping."""

    def state(self):
        return 'PENDING' if not self.ready() else 'FAILURE' if self.failed() else 'SUCCESS'

    status = property(lambda self: self.state())

    def _outcome(self):
        """What the worker left, once it is over."""
        return (_engine.get_internal('background') or {}).get(self.id)


class _BackgroundResult:
    """What a piece of work ended with: a value, or an error."""

    def __init__(self, outcome):
        self.ok = bool(outcome.get('ok'))
        self.value = outcome.get('value')
        self.error_type = outcome.get('error_type')
        self.error_message = outcome.get('error_message')
        self.error_trace = outcome.get('error_trace')


class BackgroundAction(DAObject):
    """An action in the background that the person waits for."""

    def init(self, *pargs, **kwargs):
        self._running = False
        self.refresh_seconds = 4
        super().init(*pargs, **kwargs)

    def run(self, action, **pargs):
        """Starts the action, waits for it over as many loads as it takes, and gives back what it ended with."""
        if not self._running:
            self.bg_action = background_action(action, **pargs)
            self._running = True
            self.initial_wait()
        if not self.bg_action.ready():
            self.wait()
        result = self.bg_action.result()
        failed = self.bg_action.failed()
        self.delattr('bg_action')
        self._running = False
        return self.on_failure(result) if failed else self.process_response(result)

    def initial_wait(self):
        command('wait', sleep=self.refresh_seconds)

    def wait(self):
        set_save_status('ignore')
        command('wait', sleep=self.refresh_seconds)

    def process_response(self, result):
        return result.value

    def on_failure(self, result):
        return result.value

    def running(self):
        return self._running

    def ready(self):
        return self.bg_action.ready() if self._running else None


def background_action(action, ui_notification=None, **kwargs):
    """Asks for an action to be run in the background, once the answers are saved."""
    return DABackgroundTask(_engine.background_action(action, kwargs, ui_notification))


def background_error_action(action, **kwargs):
    """Says which action is run when the one in the background fails."""
    _state.on_background_error = {'action': action, 'arguments': kwargs}
