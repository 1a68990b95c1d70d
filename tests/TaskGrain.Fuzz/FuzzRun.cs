using System.Diagnostics;
using System.Globalization;
using TaskGrain.Runtime;

namespace TaskGrain.Fuzz;

/// <summary>What came of a run.</summary>
/// <param name="Rounds">Inputs that were tried.</param>
/// <param name="Refused">Those refused with a named error.</param>
/// <param name="Slowest">Seconds of the slowest.</param>
/// <param name="Findings">What went wrong, with the number of the round that repeats it.</param>
internal sealed record FuzzReport(int Rounds, int Refused, double Slowest, IReadOnlyList<string> Findings);

/// <summary>
/// Gives mutated inputs to a target, one after the other. Round n of a seed is the same input whatever came before it.
/// The input at hand lies in the folder <c>current</c>, where it is found after a crash of the process.
/// </summary>
/// <param name="target">The door.</param>
/// <param name="folder">Where inputs and findings are kept.</param>
/// <param name="seed">Fixes every input.</param>
internal sealed class FuzzRun(IFuzzTarget target, string folder, ulong seed)
{
    /// <summary>An input that takes longer hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<string> _findings = [];

    /// <summary>Runs rounds until there are enough or the time is up.</summary>
    /// <param name="first">Number of the first round.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="limit">No round begins after this time.</param>
    public FuzzReport Run(int first, int rounds, TimeSpan limit)
    {
        string seeds = Path.Combine(folder, "seeds");
        Directory.CreateDirectory(seeds);
        target.Prepare(seeds);
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        int refused = 0;
        double slowest = 0;
        for (int round = first; round < first + rounds && Stopwatch.GetElapsedTime(start) < limit; round++)
        {
            string current = Path.Combine(folder, "current");
            if (Directory.Exists(current))
            {
                Directory.Delete(current, recursive: true);
            }

            Directory.CreateDirectory(current);
            File.WriteAllText(
                Path.Combine(folder, "round.txt"),
                string.Create(CultureInfo.InvariantCulture, $"{target.Name} {seed} {round}\n")
            );
            string path = target.Write(new SeededRandom(seed).Derive((ulong)round), current);
            long begun = Stopwatch.GetTimestamp();
            refused += Try(path, round) ? 1 : 0;
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(begun).TotalSeconds);
            done++;
        }

        return new FuzzReport(done, refused, slowest, _findings);
    }

    /// <returns>Whether the input was refused with a named error.</returns>
    private bool Try(string path, int round)
    {
        Exception? thrown = null;
        var reader = new Thread(() =>
        {
            try
            {
                target.Read(path);
            }
            catch (Exception fault)
            {
                thrown = fault;
            }
        })
        {
            IsBackground = true,
        };
        reader.Start();
        if (!reader.Join(Patience))
        {
            Note(round, $"hangs for more than {Patience.TotalSeconds} s");
            reader.Join();
            return false;
        }

        if (thrown is TaskGrainException named)
        {
            if (!named.Message.StartsWith(path, StringComparison.Ordinal))
            {
                Note(round, $"an error that does not begin with the file's name: {named.Message}");
            }

            return true;
        }

        if (thrown is not null)
        {
            Note(round, $"{thrown.GetType().Name}: {thrown.Message}");
        }

        return false;
    }

    private void Note(int round, string what)
    {
        _findings.Add(
            string.Create(CultureInfo.InvariantCulture, $"{target.Name}, seed {seed}, round {round}: {what}")
        );
        string kept = Path.Combine(folder, "findings", $"{target.Name}-{seed}-{round}");
        Directory.CreateDirectory(kept);
        foreach (string file in Directory.GetFiles(Path.Combine(folder, "current"), "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(kept, Path.GetFileName(file)), overwrite: true);
        }
    }
}
