using System.Text;
using System.Text.Json;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>
/// The finished runs of a benchmark, one JSON line each, appended as they finish: after a kill all complete lines
/// count, and a half-written last one is cut off.
/// </summary>
internal sealed class CellLog : IDisposable
{
    private readonly FolderLock _lock;
    private readonly AppendLog _log;
    private readonly Dictionary<string, TransferCell> _cells = new(StringComparer.Ordinal);

    /// <param name="path">The file; no other log may be in its folder.</param>
    /// <exception cref="TaskGrainException">
    /// A line is damaged, another process is writing there, or the folder cannot be written.
    /// </exception>
    public CellLog(string path)
    {
        _lock = FolderLock.Take(Path.GetDirectoryName(Path.GetFullPath(path))!, "benchmark");
        try
        {
            _log = AppendLog.Open(path, Load(path));
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Number of cells read and added.</summary>
    public int Count => _cells.Count;

    public bool TryGet(string key, out TransferCell? cell) => _cells.TryGetValue(key, out cell);

    /// <summary>Adds a cell, which is on the disk when this returns.</summary>
    public void Add(TransferCell cell)
    {
        _log.Append(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(cell, TaskGrainJson.Strict) + "\n"));
        _log.Flush();
        _cells[cell.Key] = cell;
    }

    public void Dispose()
    {
        _log.Dispose();
        _lock.Dispose();
    }

    /// <returns>Where the last whole line ends.</returns>
    private int Load(string path)
    {
        byte[] text = File.Exists(path) ? File.ReadAllBytes(path) : [];
        int at = 0;
        int line = 0;
        for (int end; (end = Array.IndexOf(text, (byte)'\n', at)) >= 0; at = end + 1)
        {
            line++;
            try
            {
                TransferCell cell =
                    JsonSerializer.Deserialize<TransferCell>(text.AsSpan(at, end - at), TaskGrainJson.Strict)
                    ?? throw new JsonException("it is null");
                _cells[cell.Key] = cell;
            }
            catch (Exception fault) when (fault is JsonException or TaskGrainException)
            {
                string reason = (fault as JsonException)?.Explain() ?? fault.Message;
                throw new TaskGrainException(
                    $"{path}, line {line}: damaged ({reason}); delete the line, and its run is made again.",
                    fault
                );
            }
        }

        return at;
    }
}
