namespace TaskGrain.Metrics;

/// <summary>
/// Characters that are written, read and thrown away once per caption, without an allocation each time.
/// </summary>
internal sealed class CharBuffer
{
    private char[] _characters = new char[256];
    private int _length;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<char> Written => _characters.AsSpan(0, _length);

    /// <summary>Empties the buffer.</summary>
    public void Clear() => _length = 0;

    /// <summary>Room for at least <paramref name="count"/> characters behind those written.</summary>
    public Span<char> Reserve(int count)
    {
        if (_characters.Length - _length < count)
        {
            Array.Resize(ref _characters, Math.Max(_characters.Length * 2, _length + count));
        }

        return _characters.AsSpan(_length);
    }

    /// <summary>Counts characters written into <see cref="Reserve"/>'s span.</summary>
    public void Advance(int count) => _length += count;
}
