using Spectre.Console;
using Spectre.Console.Rendering;

namespace TaskGrain.Cli.Terminal;

/// <summary>
/// Progress on a terminal: a line a stage with a bar, the rate and the time left. The library draws it, ten times a
/// second on a thread of its own, and is loaded when the first line is drawn.
/// </summary>
internal sealed class ProgressBars : IProgressView
{
    private const int BarWidth = 24;

    private readonly IAnsiConsole _console;
    private readonly Dictionary<string, ProgressTask> _stages = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProgressContext _context;
    private readonly Task _drawing;

    /// <param name="terminal">Standard error, which is a terminal.</param>
    public ProgressBars(TextWriter terminal)
    {
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(terminal),
            }
        );
        var begun = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        _drawing = _console
            .Progress()
            .AutoClear(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = BarWidth },
                new FiguresColumn()
            )
            .StartAsync(async context =>
            {
                begun.SetResult(context);
                await _over.Task;
            });
        _context = begun.Task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(0.1);

    /// <inheritdoc/>
    public void Show(WorkProgress value)
    {
        // A stage that comes again, as the validation of every epoch, goes on in the line it had.
        if (!_stages.TryGetValue(value.Stage, out ProgressTask? stage))
        {
            stage = _context.AddTask(Markup.Escape(VisibleText.Line(value.Stage)));
            _stages[value.Stage] = stage;
        }

        stage.IsIndeterminate = value.Total <= 0;
        stage.MaxValue = Math.Max(1, value.Total);
        stage.Value = value.Done;
        stage.State.Update<WorkProgress>(FiguresColumn.Key, _ => value);
    }

    /// <inheritdoc/>
    public void Note(string line) => _console.Write(new LineAbove(line));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ProgressTask stage in _stages.Values)
        {
            stage.IsIndeterminate = false;
        }

        _over.TrySetResult();
        _drawing.GetAwaiter().GetResult();
    }

    /// <summary>
    /// A line above the bars, which the library draws anew below it. What stood there is erased first, and the terminal
    /// itself breaks a line that is too long.
    /// </summary>
    private sealed class LineAbove(string line) : IRenderable
    {
        private const string EraseBelow = "\u001b[J";

        public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            [Segment.Control(EraseBelow), new Segment(line), Segment.LineBreak];
    }

    /// <summary>Count, rate and time left, as the work itself reports them.</summary>
    private sealed class FiguresColumn : ProgressColumn
    {
        public const string Key = "work";

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(VisibleText.Line(ProgressText.Figures(task.State.Get<WorkProgress>(Key))))
            {
                Overflow = Overflow.Ellipsis,
            };
    }
}
