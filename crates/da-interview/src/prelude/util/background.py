"""Work in the background."""


class DABackgroundTask:
    """The work that `background_action` asked for, as the interview sees it. It is done outside of this evaluation."""

    def __init__(self, task_id):
        self.id = task_id

    def ready(self):
        """Whether it is over."""
        return '_cached_result' in self.__dict__ or _engine.background_result(self.id) is not None

    def failed(self):
        result = self.result()
        return result is not None and result.error_type is not None

    def get(self):
        """What it ended with; nothing can be waited for inside an evaluation."""
        result = self.result()
        return None if result is None else result.value

    def result(self):
        """What it ended with, with what failed. Once asked for, it is kept with the answers."""
        if '_cached_result' not in self.__dict__:
            told = _engine.background_result(self.id)
            if told is None:
                return None
            self._cached_result = _BackgroundResult(told)
        return self._cached_result

    def wait(self):
        return self.result() is not None

    def revoke(self, terminate=True):
        """Work that was asked for is carried out."""

    def state(self):
        return 'PENDING' if not self.ready() else 'FAILURE' if self.failed() else 'SUCCESS'

    def status(self):
        return self.state()


class _BackgroundResult:
    """What a piece of work ended with: a value, or an error."""

    def __init__(self, told):
        self.ok = told.get('error_type') is None
        self.value = told.get('value')
        self.error_type = told.get('error_type')
        self.error_message = told.get('error_message')
        self.error_trace = told.get('error_trace')
        self.variables = None if self.ok else []


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
