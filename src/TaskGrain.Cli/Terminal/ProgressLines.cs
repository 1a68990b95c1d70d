namespace TaskGrain.Cli.Terminal;

/// <summary>Progress as plain lines, for files, pipes, build servers and simple terminals.</summary>
/// <param name="messages">Where to.</param>
internal sealed class ProgressLines(TextWriter messages) : IProgressView
{
    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public void Show(WorkProgress value) => messages.WriteLine(ProgressText.Line(value));

    /// <inheritdoc/>
    public void Note(string line) => messages.WriteLine(line);

    /// <inheritdoc/>
    public void Dispose() { }
}
