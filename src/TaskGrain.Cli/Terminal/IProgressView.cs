namespace TaskGrain.Cli.Terminal;

/// <summary>How progress looks. Calls come one at a time.</summary>
internal interface IProgressView : IDisposable
{
    /// <summary>Least time between two reports of one stage.</summary>
    TimeSpan Interval { get; }

    /// <summary>Shows how far a stage has come.</summary>
    void Show(WorkProgress value);

    /// <summary>Shows a line that stays.</summary>
    /// <param name="line">One line, without control characters.</param>
    void Note(string line);
}
