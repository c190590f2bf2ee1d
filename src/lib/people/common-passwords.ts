/**
 * Words that stand behind many leaked passwords, here and in Japan. A password is refused when nothing but digits and signs
 * is put around one of them, once or several times. Kept small on purpose: length does most of the work.
 */
export const commonWords: readonly string[] = (
	'password passwd passw0rd pass admin administrator root user guest login welcome letmein qwerty qwertyuiop qazwsx ' +
	'asdfgh asdfghjkl zxcvbn zxcvbnm abc abcd abcde abcdef abcdefg iloveyou sunshine princess dragon monkey football ' +
	'baseball master shadow superman batman pokemon doraemon pikachu sakura himawari arigatou konnichiwa aishiteru ' +
	'nihon nippon japan tokyo koganei kodaira osaka kyoto yokohama hiroshima fujisan watashi anata takahashi tanaka ' +
	'suzuki satou sato yamada watanabe itou ito nakamura kobayashi katou kato yoshida mimamori mimamoripocket pocket ' +
	'kodomo bouhan patrol chounaikai jichikai shiyakusho anzen anshin test tester testtest temp changeme secret ' +
	'default system server network computer internet windows android iphone google yahoo docomo softbank ' +
	'パスワード ぱすわーど みまもり みまもりポケット ぼうはん 防犯 町会 自治会 市役所 こんにちは ありがとう さくら ひまわり にほん 日本 東京'
).split(' ');
