using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace TaskGrain.Training;

/// <summary>
/// Writes curves for TensorBoard: an event file of TFRecords, each a length, a masked CRC-32C of it, an <c>Event</c>
/// message in protocol-buffer form, and a masked CRC-32C of that. TorchSharp's writer would do too, but cannot tell
/// TensorBoard to forget the steps that a resumed run makes again.
/// </summary>
internal sealed class EventWriter : IDisposable
{
    private readonly FileStream _stream;
    private readonly TimeProvider _time;

    /// <summary>Begins a new event file.</summary>
    /// <param name="folder">The folder; made when missing. TensorBoard reads all event files in it as one run.</param>
    /// <param name="firstStep">
    /// The first step it holds: TensorBoard forgets this and later ones of earlier files. 0 for a new run.
    /// </param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public EventWriter(string folder, long firstStep = 0, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _time = time ?? TimeProvider.System;
        Directory.CreateDirectory(folder);

        // TensorBoard reads the files of a folder in the order of their names.
        long milliseconds = _time.GetUtcNow().ToUnixTimeMilliseconds();
        string second = $"{milliseconds / 1000:0000000000}";
        string name = $"events.out.tfevents.{second}.taskgrain.{milliseconds % 1000:000}.{Environment.ProcessId}";
        _stream = new FileStream(
            Path.Combine(folder, name),
            FileMode.Create,
            FileAccess.Write,
            FileShare.Read,
            1 << 14
        );
        Write(0, message => WriteText(message, field: 3, "brain.Event:2"));
        if (firstStep > 0)
        {
            // SessionLog { status: START }: TensorBoard drops events of this step and later ones.
            Write(firstStep, message => WriteBytes(message, field: 7, [0x08, 0x01]));
        }
    }

    /// <summary>Writes values of one step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="values">Curves' names, with slashes for groups, and values; a null is left out.</param>
    public void Scalars(long step, params ReadOnlySpan<(string Name, double? Value)> values)
    {
        using var summary = new MemoryStream();
        foreach ((string name, double? value) in values)
        {
            if (value is { } number)
            {
                using var entry = new MemoryStream();
                WriteText(entry, field: 1, name);
                entry.WriteByte((2 << 3) | 5);
                entry.Write(BitConverter.GetBytes((float)number));
                WriteBytes(summary, field: 1, entry.ToArray());
            }
        }

        if (summary.Length > 0)
        {
            Write(step, message => WriteBytes(message, field: 5, summary.ToArray()));
        }
    }

    /// <summary>Hands everything written so far to the system.</summary>
    public void Flush() => _stream.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private void Write(long step, Action<Stream> content)
    {
        using var message = new MemoryStream();
        message.WriteByte((1 << 3) | 1);
        message.Write(BitConverter.GetBytes(_time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0));
        message.WriteByte((2 << 3) | 0);
        WriteNumber(message, (ulong)step);
        content(message);

        ReadOnlySpan<byte> bytes = message.GetBuffer().AsSpan(0, (int)message.Length);
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc(head[..8]));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc(bytes));
        _stream.Write(head);
        _stream.Write(bytes);
        _stream.Write(tail);
    }

    private static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }

    private static void WriteText(Stream stream, int field, string text) =>
        WriteBytes(stream, field, Encoding.UTF8.GetBytes(text));

    private static void WriteBytes(Stream stream, int field, ReadOnlySpan<byte> bytes)
    {
        stream.WriteByte((byte)((field << 3) | 2));
        WriteNumber(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private static void WriteNumber(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
