using System.CommandLine;
using TaskGrain.Cli;

namespace TaskGrain.Tests.Cli;

public sealed class CommandRunnerTests
{
    [Theory]
    [InlineData("no-such-command")]
    [InlineData("doctor", "--no-such-option")]
    public async Task Wrong_usage_ends_with_2(params string[] line) =>
        Assert.Equal(2, await CommandRunner.RunAsync(CommandTree.Create(), line));

    [Fact]
    public async Task Bare_call_shows_the_help_and_succeeds() =>
        Assert.Equal(0, await CommandRunner.RunAsync(CommandTree.Create(), []));

    [Fact]
    public async Task A_fault_the_user_can_mend_ends_with_1() =>
        Assert.Equal(1, await CommandRunner.RunAsync(Failing(new TaskGrainException("x")), ["fail"]));

    [Fact]
    public async Task Ctrl_C_ends_with_130() =>
        Assert.Equal(130, await CommandRunner.RunAsync(Failing(new OperationCanceledException()), ["fail"]));

    private static Command Failing(Exception fault)
    {
        var fail = new Command("fail", "Fails.");
        fail.SetAction((_, _) => Task.FromException<int>(fault));
        return new Command("taskgrain") { fail };
    }
}
