namespace TaskGrain.Cli.Terminal;

/// <summary>
/// Hands every report on at once, on the thread that makes it; <see cref="Progress{T}"/> would do so later and in any
/// order.
/// </summary>
internal sealed class Relay<T>(Action<T> handler) : IProgress<T>
{
    public void Report(T value) => handler(value);
}
