using TaskGrain.Fuzz;

namespace TaskGrain.Tests.Fuzz;

/// <summary>
/// A little of what tools/fuzz.sh does for long: no mutated input crashes, hangs, or gives an error without a name.
/// </summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Targets => [.. TaskGrain.Fuzz.Program.Targets.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutated_inputs_are_read_or_refused_by_name(string name)
    {
        using var folder = new TemporaryFolder();
        IFuzzTarget target = TaskGrain.Fuzz.Program.Targets.Single(door => door.Name == name);

        FuzzReport report = new FuzzRun(target, folder.Path, seed: 20).Run(0, 150, TimeSpan.FromSeconds(3));

        Assert.Empty(report.Findings);
        Assert.True(report.Rounds > 0, "no input was tried");
    }
}
