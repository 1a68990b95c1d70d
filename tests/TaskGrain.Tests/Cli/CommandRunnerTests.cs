using System.CommandLine;

namespace TaskGrain.Tests.Cli;

public sealed class CommandRunnerTests
{
    [Theory]
    [InlineData("no-such-command")]
    [InlineData("doctor", "--no-such-option")]
    public void Wrong_usage_ends_with_2(params string[] line) => Assert.Equal(2, InProcess.Run(line).ExitCode);

    [Fact]
    public void Bare_call_shows_the_help_and_succeeds()
    {
        var (exit, output, _) = InProcess.Run();

        Assert.Equal(0, exit);
        Assert.Contains("predict <FILE>", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_the_user_can_mend_ends_with_1() =>
        Assert.Equal(1, InProcess.Run(Failing(new TaskGrainException("x")), "fail").ExitCode);

    [Fact]
    public void Ctrl_C_ends_with_130() =>
        Assert.Equal(130, InProcess.Run(Failing(new OperationCanceledException()), "fail").ExitCode);

    [Fact]
    public void A_fault_of_the_program_itself_is_one_line_and_names_what_to_report()
    {
        var (exit, output, errors) = InProcess.Run(Failing(new InvalidOperationException("first\nsecond")), "fail");

        Assert.Equal((1, ""), (exit, output));
        Assert.Equal(
            "taskgrain: a fault of the program itself, please report it: InvalidOperationException: first\\nsecond "
                + "(TASKGRAIN_TRACE=1 shows where)\n",
            errors
        );
    }

    [Fact]
    public void The_fault_of_one_of_several_threads_is_that_fault()
    {
        var fault = new AggregateException(new AggregateException(new TaskGrainException("no such clip")));

        var (exit, _, errors) = InProcess.Run(Failing(fault), "fail");

        Assert.Equal((1, "taskgrain: no such clip\n"), (exit, errors));
    }

    [Fact]
    public void A_name_that_begins_with_an_at_sign_is_a_name()
    {
        var (exit, _, errors) = InProcess.Run("check", "@eaDir");

        Assert.Equal(1, exit);
        Assert.Contains("@eaDir", errors, StringComparison.Ordinal);
    }

    private static Command Failing(Exception fault)
    {
        var fail = new Command("fail", "Fails.");
        fail.SetAction((_, _) => Task.FromException<int>(fault));
        return new Command("taskgrain") { fail };
    }
}
