/// A colour as amounts of light, where 1 is what a white surface in the picture reflects.
struct LinearColor: Hashable, Sendable {
    var red: Float
    var green: Float
    var blue: Float

    init(_ red: Float, _ green: Float, _ blue: Float) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    static func grey(_ level: Float) -> LinearColor { LinearColor(level, level, level) }

    static func + (left: LinearColor, right: LinearColor) -> LinearColor {
        LinearColor(left.red + right.red, left.green + right.green, left.blue + right.blue)
    }
    static func - (left: LinearColor, right: LinearColor) -> LinearColor {
        LinearColor(left.red - right.red, left.green - right.green, left.blue - right.blue)
    }
    static func * (left: LinearColor, right: LinearColor) -> LinearColor {
        LinearColor(left.red * right.red, left.green * right.green, left.blue * right.blue)
    }
    static func * (left: LinearColor, factor: Float) -> LinearColor {
        LinearColor(left.red * factor, left.green * factor, left.blue * factor)
    }

    func mixed(with other: LinearColor, _ share: Float) -> LinearColor {
        self + (other - self) * min(1, max(0, share))
    }
}
