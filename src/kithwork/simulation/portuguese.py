"""What people of the simulated organisation write in Portuguese, in the same places as `english`. All of it is made up."""

from __future__ import annotations

TOPICS = {
    "cheaper sensors": (
        (
            "{who} recebeu uma proposta de sensores por metade do nosso preço",
            "sensores baratos de um concorrente aparecem em todos os concursos {where}",
            "o preço dos sensores é a primeira pergunta dos compradores",
            "um concorrente vende sensores um terço mais baratos {where}",
            "perdemos uma encomenda {where} porque os sensores do rival são mais baratos",
            "outro fabricante baixou o preço dos sensores para metade {when}",
            "{who} mostrou-me um sensor barato da concorrência",
            "os sensores de baixo custo já são suficientes, diz {who}",
        ),
        (
            "O sensor deles é menos preciso.",
            "O rival entrega numa semana.",
            "A nossa tabela de preços de sensores parece antiga.",
            "Precisamos de um sensor mais barato.",
        ),
    ),
    "calibration by phone": (
        (
            "a calibração por telemóvel espalha-se {where}",
            "uma aplicação já faz a calibração para a qual mandamos técnicos",
            "a calibração à distância foi mostrada {when} e funcionou",
            "{who} calibra os instrumentos com um telemóvel",
            "uma universidade calibra sondas com a câmara do telemóvel",
            "com a aplicação {who} fez a calibração em dez minutos",
            "a visita de calibração vai desaparecer com a aplicação",
            "investigadores {where} publicaram como calibrar com um telemóvel comum",
        ),
        (
            "As nossas visitas de calibração ainda rendem.",
            "A aplicação guarda as calibrações na nuvem.",
            "Podíamos oferecer a aplicação nós mesmos.",
            "A precisão do método é boa.",
        ),
    ),
    "traceability rule": (
        (
            "está a ser preparada uma regra de rastreabilidade",
            "os auditores vão pedir a rastreabilidade das leituras no próximo ano",
            "o regulador quer todas as leituras rastreáveis",
            "as novas regras sobre registos rastreáveis estão em consulta {where}",
            "{who} tem de provar a origem de cada medição quando a norma entrar em vigor",
            "o projeto de regulamento pede um registo de auditoria de cada valor",
            "um inspetor disse {when} que a rastreabilidade passa a obrigatória",
            "a autoridade vai multar quem não tiver rastreabilidade dos dados",
        ),
        (
            "O prazo da consulta termina em breve.",
            "Os nossos registos não têm assinatura.",
            "A norma abrange também instrumentos antigos.",
            "Quem cumprir primeiro ganha as auditorias.",
        ),
    ),
    "glass shortage": (
        (
            "o vidro ótico está outra vez atrasado {where}",
            "o nosso fornecedor de vidro raciona as entregas",
            "os prazos do vidro duplicaram",
            "o forno da fábrica de vidro {where} está parado",
            "{who} também não consegue vidro ótico",
            "esperamos nove semanas por vidro que demorava três",
            "as entregas de vidro para lentes foram cortadas para metade {when}",
            "o stock de vidro ótico acaba antes do verão",
        ),
        (
            "Não temos segundo fornecedor de vidro.",
            "Prometem vidro e não cumprem.",
            "O fornecedor dá prioridade aos grandes.",
            "Devíamos encomendar vidro para o ano todo.",
        ),
    ),
    "rental instead of sale": (
        (
            "os clientes pedem para alugar em vez de comprar instrumentos",
            "{who} quer instrumentos como serviço, sem compra",
            "{who} prefere pagar por medição em vez de ter o aparelho",
            "uma mensalidade em vez de investimento foi pedida {when}",
            "o aluguer foi pedido três vezes {where}",
            "{who} não tem orçamento para comprar mas pode alugar",
            "os hospitais {where} só fazem concursos de aluguer",
            "pagar pelo uso foi o que {who} pediu {when}",
        ),
        (
            "Alugavam já amanhã.",
            "As finanças não têm modelo para o aluguer.",
            "Já alugam tudo o resto.",
            "Os aparelhos usados podiam ser alugados.",
        ),
    ),
    "hydrogen plants": (
        (
            "as fábricas de hidrogénio precisam de deteção de fugas {where}",
            "{who} pede sondas para hidrogénio",
            "a deteção de fugas de hidrogénio foi falada {when}",
            "um novo eletrolisador {where} procura detetores de hidrogénio",
            "{who} constrói um terminal de hidrogénio e não tem fornecedor de detetores",
            "a nossa sonda não está certificada para hidrogénio",
            "três projetos de hidrogénio {where} não têm detetor escolhido",
            "os postos de hidrogénio querem monitores como os nossos",
        ),
        (
            "A sonda de hidrogénio precisa de outro vedante.",
            "Precisam dos detetores no outono.",
            "Ninguém vende lá um detetor certificado.",
            "Cada fábrica leva quarenta detetores.",
        ),
    ),
    "repair shops bought": (
        (
            "um rival compra oficinas de reparação independentes {where}",
            "a oficina que reparava os nossos aparelhos {where} é agora de um concorrente",
            "um concorrente comprou a empresa de assistência que {who} usa",
            "as oficinas de reparação são compradas uma a uma por um rival",
            "{who} disse {when} que a sua oficina foi vendida ao concorrente",
            "um rival já tem quatro oficinas de assistência {where}",
            "o concorrente repara os nossos instrumentos nas oficinas que comprou",
            "o nosso parceiro de reparação {where} recebeu uma oferta do rival",
        ),
        (
            "Reparam os nossos e vendem os deles.",
            "O dono da oficina quer reformar-se.",
            "Há mais duas oficinas à venda.",
            "Podíamos comprar nós uma oficina.",
        ),
    ),
    "plating line closes": (
        (
            "o fornecedor de niquelagem {where} vai fechar a linha",
            "o nosso fornecedor de caixas niqueladas deixa a galvanização",
            "a cromagem e a niquelagem acabam no subcontratado {where}",
            "a oficina de galvanoplastia avisou {when} que fecha",
            "não há mais conectores niquelados depois deste ano",
            "o galvanizador {where} perdeu a licença e encerra",
            "as caixas voltam sem niquelagem desde que o subcontratado fechou um banho",
            "encontrar outro subcontratado de galvanização demora meio ano",
        ),
        (
            "Todas as nossas caixas são niqueladas lá.",
            "O aço inoxidável dispensava a niquelagem.",
            "Aceitam as últimas encomendas até ao verão.",
            "Não temos segundo fornecedor de peças niqueladas.",
        ),
    ),
    "solvent ban": (
        (
            "vem aí a proibição do solvente de limpeza que usamos",
            "a agência do ambiente vai proibir os solventes fluorados",
            "{who} espera que o solvente seja proibido em dois anos",
            "a isenção do nosso líquido de limpeza termina, disse um funcionário {when}",
            "os produtos de limpeza fluorados estão na lista de substâncias proibidas",
            "a lei dos químicos {where} já abrange o solvente dos nossos kits",
            "{who} já não aceita produtos limpos com esse solvente",
            "a eliminação do solvente foi anunciada {when}",
        ),
        (
            "Precisamos de um substituto do solvente.",
            "Os nossos kits levam dois frascos de solvente.",
            "A proibição não tem exceção para a ótica.",
            "Os rótulos dos kits também têm de mudar.",
        ),
    ),
    "failure forecasts": (
        (
            "foi mostrado {when} um programa que prevê avarias de bombas",
            "{who} experimenta um modelo que prevê avarias pelas vibrações",
            "a manutenção preditiva com aprendizagem automática já se usa {where}",
            "uma empresa nova prevê falhas uma semana antes com leituras normais",
            "um instituto {where} treina modelos para prever avarias",
            "os algoritmos avisam da avaria antes do nosso alarme",
            "{who} quer previsões de avaria e não mais um medidor",
            "a demonstração de previsão de falhas {where} foi convincente",
        ),
        (
            "O modelo precisa de um ano de dados.",
            "Temos os dados e não temos o modelo.",
            "O instituto procura um parceiro com dados.",
            "A previsão podia ser vendida com cada aparelho.",
        ),
    ),
}
"""Planted topics: ways to say each, and what else may be said of it."""
SLOTS = {
    "who": (
        "um hospital", "uma leitaria", "um armador", "um cliente da energia", "uma fábrica de alimentos", "um laboratório",
        "um cliente antigo", "um distribuidor", "um porto", "uma cervejeira", "um dos nossos parceiros",
    ),
    "where": (
        "no norte", "em Espanha", "na costa", "em dois países", "lá fora", "na região", "na Ásia", "em França", "no sul",
        "no Brasil",
    ),
    "when": (
        "na semana passada", "na feira", "durante uma visita", "ao almoço", "numa reunião", "na conferência anual",
        "ao telefone", "este mês", "de passagem",
    ),
}  # fmt: skip
OPENINGS = (
    "Numa visita a um cliente: ", "Ouvi na semana passada: ", "Da feira: ", "Parece que ", "Duas vezes este mês: ",
    "Disseram-me que ", "Convém saber: ", "De novo: ", "Lá fora diz-se que ", "", "", "", "",
)  # fmt: skip
ENDINGS = (
    "Ainda não temos resposta.", "Vale a pena ver.", "Outros vão avançar primeiro.", "Podia vender-se duas vezes.",
    "Posso contar mais.", "Alguém devia ligar de volta.", "Devíamos decidir em breve.", "Eu não esperava.",
)  # fmt: skip
CHATTER = {
    "matter": (
        "o parque de estacionamento", "o refeitório", "a reunião de segunda", "a marcação de viagens", "o elevador",
        "a pesquisa na intranet", "o formulário de despesas", "o aquecimento", "o espaço aberto", "a impressora do piso",
        "o calendário de férias", "a semana de acolhimento", "o prémio anual", "a máquina de café", "o plano de turnos",
        "o portão do armazém", "o orçamento de formação", "a festa de verão", "o telefone interno", "a folha de horas",
    ),
    "state": (
        "demora-se demais com {matter}", "ninguém trata de {matter}", "{matter} voltou a avariar",
        "todos se queixam de {matter}", "já foi melhor {matter}", "precisamos de um plano para {matter}",
        "fala-se de {matter} e nada acontece", "podia ser mais simples {matter}", "não há verba para {matter}",
        "quem decide sobre {matter}", "desisti de {matter}", "agora funciona bem {matter}",
    ),
}  # fmt: skip
"""What people write about when it is not the market: a matter at home, and what is said of it."""
EMPTY = ("nada", "não sei", "-", "n/a", "nada a acrescentar", "Não.", "nenhum", "sem comentários")
"""Answers that say nothing."""
FORWARDS = ("Fwd: ", "FW: ", "", "", "Reencaminho: ", "Como escreveu um colega: ")
"""How what a colleague wrote is passed on."""
NAMINGS = {
    "colleague": ("Perguntem a {it}.", "Ouvi isto com {it}.", "{it} sabe mais."),
    "contact": ("Foi {it} quem me disse.", "O meu contacto lá é {it}.", "{it} quer reunir connosco."),
    "party": ("Falou-se disso na {it}.", "A {it} disse o mesmo.", "Visto na {it}."),
    "phone": ("Liguem para {it}.", "O número é {it}."),
    "mail": ("Escrevam para {it}.", "Detalhes em {it}."),
    "address": ("Ficam em {it}.", "O escritório deles: {it}."),
    "amount": ("Trata-se de {it}.", "Falaram de {it}."),
}
"""How people, parties, numbers and addresses are named."""
