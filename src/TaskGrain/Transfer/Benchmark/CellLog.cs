using System.Text;
using System.Text.Json;

namespace TaskGrain.Transfer.Benchmark;

/// <summary>
/// The finished runs of a benchmark, one JSON line each, appended as they finish: after a kill all complete lines
/// count, and a half-written last one is cut off.
/// </summary>
internal sealed class CellLog : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
    };

    private readonly FileStream _stream;
    private readonly Dictionary<string, TransferCell> _cells = new(StringComparer.Ordinal);

    public CellLog(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new TaskGrainException(
                $"{path} cannot be written: {fault.Message} Is another benchmark running there?",
                fault
            );
        }

        try
        {
            Load(path);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>Number of cells read and added.</summary>
    public int Count => _cells.Count;

    public bool TryGet(string key, out TransferCell? cell) => _cells.TryGetValue(key, out cell);

    public void Add(TransferCell cell)
    {
        _stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(cell, Json) + "\n"));
        _stream.Flush(flushToDisk: true);
        _cells[cell.Key] = cell;
    }

    public void Dispose() => _stream.Dispose();

    private void Load(string path)
    {
        byte[] text = new byte[_stream.Length];
        _stream.ReadExactly(text);
        int at = 0;
        int line = 0;
        for (int end; (end = Array.IndexOf(text, (byte)'\n', at)) >= 0; at = end + 1)
        {
            line++;
            try
            {
                TransferCell cell =
                    JsonSerializer.Deserialize<TransferCell>(text.AsSpan(at, end - at), Json)
                    ?? throw new JsonException("it is null");
                _cells[cell.Key] = cell;
            }
            catch (Exception fault) when (fault is JsonException or TaskGrainException)
            {
                throw new TaskGrainException(
                    $"{path}, line {line}: damaged ({fault.Message}); delete the line, and its run is made again.",
                    fault
                );
            }
        }

        _stream.SetLength(at);
        _stream.Seek(0, SeekOrigin.End);
    }
}
