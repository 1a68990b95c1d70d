using Mono.Cecil;
using Mono.Cecil.Cil;

namespace TaskGrain.Tests.Layout;

/// <summary>
/// No call hands libtorch a number that nobody holds: a collection may free it under the call (TensorArithmetic says
/// how). Numbers are held by a <c>using</c>, or the arithmetic goes through that class.
/// </summary>
public sealed class HeldNumbersTests
{
    private const string Arithmetic = "TaskGrain.Runtime.TensorArithmetic";

    // The rival is written as the field writes it.
    private const string PlainRival = "TaskGrain.Lab.Benchmarks.ModelBenchmarkWorker";

    private static readonly string[] Numbers = ["Double", "Int32", "Int64", "Single"];

    [Theory]
    [InlineData("TaskGrain")]
    [InlineData("TaskGrain.Lab")]
    [InlineData("TaskGrain.Synthesis")]
    [InlineData("TaskGrain.Cli")]
    public void Every_number_is_held_until_libtorch_has_read_it(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")
        );
        Assert.Empty(
            module
                .GetTypes()
                .Where(type => type.FullName is not (Arithmetic or PlainRival))
                .SelectMany(type => type.Methods)
                .Where(method => method.HasBody)
                .SelectMany(method => method.Body.Instructions.Where(Unheld).Select(at => $"{method}: {at.Operand}"))
        );
    }

    [Fact]
    public void Operators_with_numbers_are_found()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(HeldNumbersTests).Assembly.Location);
        MethodDefinition sample = module
            .GetType(typeof(HeldNumbersTests).FullName)
            .Methods.Single(method => method.Name == nameof(Sample));

        Assert.Equal(3, sample.Body.Instructions.Count(Unheld));
    }

    // a + b, the product with 2, and the number that becomes a Scalar.
    private static TorchSharp.torch.Tensor Sample(TorchSharp.torch.Tensor a, TorchSharp.torch.Tensor b)
    {
        using TorchSharp.Scalar held = 3;
        return ((a + b) * 2.0).clamp_min(1).clamp_max(held);
    }

    private static bool Unheld(Instruction at)
    {
        if (at.Operand is not MethodReference called || !IsOfTorchSharp(called.DeclaringType))
        {
            return false;
        }

        string[] parameters = [.. called.Parameters.Select(parameter => parameter.ParameterType.Name)];
        return called.Name switch
        {
            "op_Implicit" => called.ReturnType.Name == "Scalar" && at.Next?.OpCode.Name.StartsWith("stloc") != true,
            "op_Addition" => true,
            "add" or "add_" or "addcdiv" or "addcdiv_" => !parameters.Contains("Scalar"),
            "square" => true,
            "op_Subtraction" or "op_Multiply" or "op_Division" or "op_Modulus" => parameters.Any(Numbers.Contains),
            _ => false,
        };
    }

    private static bool IsOfTorchSharp(TypeReference type) =>
        type.FullName.StartsWith("TorchSharp.", StringComparison.Ordinal);
}
