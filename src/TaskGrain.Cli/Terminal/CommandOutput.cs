using System.Text.Json;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Cli.Terminal;

/// <summary>
/// The one door of a command to its user: results on standard output, messages and progress on standard error. What
/// comes from outside (names of files and classes) never reaches a terminal raw; JSON is exact.
/// </summary>
internal sealed class CommandOutput : IDisposable
{
    private readonly TextWriter _results;
    private readonly ProgressDisplay _display;
    private readonly bool _quiet;

    /// <param name="results">Standard output.</param>
    /// <param name="messages">Standard error.</param>
    /// <param name="json">Results are wanted as JSON.</param>
    /// <param name="quiet">No progress and no notes.</param>
    public CommandOutput(TextWriter results, TextWriter messages, bool json, bool quiet)
    {
        _results = results;
        _quiet = quiet;
        _display = new ProgressDisplay(messages);
        Json = json;
        Progress = new Relay<WorkProgress>(quiet ? _ => { } : _display.Report);
        Notes = new Relay<string>(note => Note(note));
    }

    /// <summary>Whether results are wanted as JSON.</summary>
    public bool Json { get; }

    /// <summary>Shows how far long work has come.</summary>
    public IProgress<WorkProgress> Progress { get; }

    /// <summary>Shows what is worth a line while work goes on.</summary>
    public IProgress<string> Notes { get; }

    /// <summary>Prints a line of a result.</summary>
    public void Line(VisibleLine line)
    {
        _display.Dispose();
        _results.WriteLine(line.ToString());
    }

    /// <summary>Prints a result of several lines, as it is but for control characters.</summary>
    public void Text(string lines)
    {
        _display.Dispose();
        _results.Write(VisibleText.Lines(lines));
    }

    /// <summary>Prints a result of one line, or as JSON where that is wanted.</summary>
    /// <param name="json">The result for programs.</param>
    /// <param name="line">The result for people.</param>
    public void Result<T>(T json, VisibleLine line)
    {
        if (Json)
        {
            Print(json);
        }
        else
        {
            Line(line);
        }
    }

    /// <summary>Prints a result for programs, indented.</summary>
    public void Print<T>(T result) => PrintJson(JsonSerializer.Serialize(result, TaskGrainJson.Readable));

    /// <summary>Prints a result for programs on one line.</summary>
    public void PrintLine<T>(T result) => PrintJson(JsonSerializer.Serialize(result, TaskGrainJson.Strict));

    /// <summary>Prints a result that is JSON already.</summary>
    public void PrintJson(string json)
    {
        _display.Dispose();
        _results.WriteLine(json);
    }

    /// <summary>Shows a message, unless it is to be quiet.</summary>
    public void Note(VisibleLine message)
    {
        if (!_quiet)
        {
            _display.Note(message.ToString());
        }
    }

    /// <summary>Says what went wrong with a part of the work; quiet or not.</summary>
    public void Complain(VisibleLine message) => _display.Note($"taskgrain: {message}");

    /// <summary>Ends the progress display.</summary>
    public void Dispose() => _display.Dispose();
}
