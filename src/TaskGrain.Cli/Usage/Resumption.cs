namespace TaskGrain.Cli.Usage;

/// <summary>What <c>--resume</c> means in every command that has it.</summary>
internal static class Resumption
{
    /// <summary>Refuses to go on with unfinished work by accident.</summary>
    /// <param name="begun">The folder holds such work already.</param>
    /// <param name="folder">What <c>--out</c> names.</param>
    /// <param name="resume">Whether <c>--resume</c> was given.</param>
    public static void Require(bool begun, string folder, bool resume)
    {
        if (begun && !resume)
        {
            throw new UsageException(
                $"{folder} holds a run already; add --resume to go on with it, or choose another --out."
            );
        }
    }
}
