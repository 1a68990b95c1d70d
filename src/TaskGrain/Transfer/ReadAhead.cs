namespace TaskGrain.Transfer;

/// <summary>
/// Reads one item ahead of the one in use, on another thread: a clip is decoded while the one before is computed.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="read">Reads item i.</param>
/// <param name="count">Number of items.</param>
internal sealed class ReadAhead<T>(Func<int, T> read, int count) : IDisposable
{
    private Task<T>? _next = count > 0 ? Task.Run(() => read(0)) : null;
    private int _at;

    /// <summary>The next item; what reading it threw is thrown here.</summary>
    public T Next()
    {
        Task<T> current = _next!;
        int following = ++_at;
        _next = following < count ? Task.Run(() => read(following)) : null;
        return current.GetAwaiter().GetResult();
    }

    /// <summary>Waits for the item being read, so that nothing touches its source after that is closed.</summary>
    public void Dispose()
    {
        try
        {
            _next?.Wait();
        }
        catch (AggregateException)
        {
            // An item that nobody asked for any more.
        }
    }
}
