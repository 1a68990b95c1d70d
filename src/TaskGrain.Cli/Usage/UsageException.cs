namespace TaskGrain.Cli.Usage;

/// <summary>The command line asks for something that cannot be meant; ends the program with exit code 2.</summary>
/// <param name="message">Which word is wrong and what would be right.</param>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Reads or checks what was typed; its faults end the program with exit code 2.</summary>
    /// <param name="read">The reading.</param>
    /// <returns>What was read.</returns>
    public static T Of<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (TaskGrainException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    /// <summary>Checks what was typed; its faults end the program with exit code 2.</summary>
    /// <param name="check">The check.</param>
    public static void Check(Action check) =>
        Of(() =>
        {
            check();
            return true;
        });
}
